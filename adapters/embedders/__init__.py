"""Embedding models: one on this machine, and any server that speaks OpenAI's form. Both implement ``bot.ports.Embedder``."""
