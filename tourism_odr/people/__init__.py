"""Who people are: persons, organisations, memberships, sign-in.  Tables and rules, no pages."""
