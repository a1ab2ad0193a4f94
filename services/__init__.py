"""The four services of Jobbutik. None of them imports another."""
