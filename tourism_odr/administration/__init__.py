"""What the administrator of the service sees to: organisations, people, register, outbox, jobs, rules, audit.

No page here shows what lies in a case.
"""
