"""The main job, end to end, on a training vault with three invented children; ``run`` tells it in order."""
