"""What must be done even if a process dies half-way, besides messages: on DBOS, on SQLite and PostgreSQL alike.

``jobs`` says what a job is, ``engine`` keeps it all running, ``launching`` alone talks to DBOS, ``watch`` takes over
the work of dead processes, ``timetable`` starts what is due. Must not know what the jobs are for.
"""
