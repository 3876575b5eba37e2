"""What the clock starts: one file a job, and `schedule`, the whole timetable on one screen."""
