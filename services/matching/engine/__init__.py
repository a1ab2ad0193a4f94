"""The matching engine: hard rules, then points, in columns; it knows neither database nor clock, and no names."""
