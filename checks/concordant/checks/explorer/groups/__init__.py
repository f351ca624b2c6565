"""What the explorer draws of some groups of protocols besides their runs: workflows as graphs, and who holds what, or asks which price, over time."""
