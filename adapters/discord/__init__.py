"""Discord: guilds, their members, direct messages and private threads."""
