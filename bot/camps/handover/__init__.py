"""What follows a camp: who came, how it was, the notes of the day, and what it came to in figures."""
