"""`make town`: a municipality of invented people with two years behind it, made by the services' own use cases."""
