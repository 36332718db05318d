"""The pages of accounts, one file per story: personal links, members, team, national administration, own account."""
