"""What half a year of rounds would be like: simulated, checked by other rules' words, set against chance, told and drawn."""
