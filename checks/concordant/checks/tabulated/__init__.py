"""The tabulated explorer: handlers run once per distinct input, and compiled code walks the states over tables of the results."""
