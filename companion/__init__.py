"""A study companion in the terminal for the mathematics of deep learning."""

__version__ = "0.1.0"
