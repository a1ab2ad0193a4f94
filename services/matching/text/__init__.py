"""What people say of a job in Danish, read into what a need is made of; each thing with where it was read."""
