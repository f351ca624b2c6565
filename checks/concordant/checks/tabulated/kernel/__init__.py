"""The compiled part: it knows integer tables alone. No module here may read anything of ours but the others here."""
