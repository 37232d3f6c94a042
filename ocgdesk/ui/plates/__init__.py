"""Pictures that are no chart on screen: timelines and maps, painted from the same parts as on paper."""
