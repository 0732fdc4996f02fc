"""Makes what comes with the local model: its vectors of the everyday sample. ``python -m benchmarks.everyday``."""

import asyncio

from adapters.embedders.local import EVERYDAY, LocalEmbedder
from bot.matching.meanings.knowledge import mark_of, packed, texts_for


async def main() -> None:
    """Asks the model about every text of the sample anew."""
    EVERYDAY.write_bytes(b"")
    model = LocalEmbedder()
    texts = texts_for(())
    vectors = await model.embed(texts)
    model.close()
    EVERYDAY.write_bytes(
        b"".join(bytes.fromhex(mark_of(text)) + packed(vector) for text, vector in zip(texts, vectors, strict=True))
    )
    print(f"{len(texts)} vectors, {EVERYDAY.stat().st_size:,} bytes")


if __name__ == "__main__":
    asyncio.run(main())
