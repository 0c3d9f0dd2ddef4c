"""Answers, actions, proof, and who verified it.

A recommendation gets an answer, its actions get done, and a claim that something is done is never shown as verified until somebody else
has seen the proof. What may follow what is one table, in ``machine``; every change goes through ``moving``.
"""
