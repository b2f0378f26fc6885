"""Benchmarks: what a request costs at two sizes, beside a bare insert and read measured in the same run."""
