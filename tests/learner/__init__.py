"""Tests of what one person knows."""
