"""What may come into matching and go out of it. What a company may see is in Company…Answer and nowhere else."""
