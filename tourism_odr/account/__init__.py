"""How people come in and stay in control of it: sign-in, second factor, invitations, secret links, sessions.

The rules live in ``people``; this slice has the pages.  Whether somebody has an account or a case shows
on none of them.
"""
