"""Akoma Ntoso 3.0 (OASIS LegalDocML): a paper as legislative and governing bodies exchange them.

The schema: https://docs.oasis-open.org/legaldocml/akn-core/v1.0/; how places and papers are named: the naming convention
https://docs.oasis-open.org/legaldocml/akn-nc/v1.0/.
"""
