"""Pictures that are no chart on screen: timelines and maps, of the same parts as on paper."""
