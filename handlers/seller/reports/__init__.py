"""How the shop does: reports, the digest, the diary, spreadsheets."""
