"""Who writes case notes: a language model that is asked over the network, or the rules of this house."""
