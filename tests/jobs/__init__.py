"""Tests of what happens without anybody's click."""
