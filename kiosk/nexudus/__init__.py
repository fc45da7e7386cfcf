"""The REST client for Nexudus: session and tokens, paging, models, limits, errors.

    entities   the calls a kiosk makes, typed; each names the right it needs (rights)
    permissions   which rights the account has, tried without changing anything
    client     get, list, create, update, delete with the session's token
    session    sign-in and renewal; tokens keeps the pair on disk
    wire       one bounded HTTP exchange; address says where to; answers says what came back
    models     records for reading; records for writing; both out of fields and times
    errors     what can go wrong, sorted by whether the call may have been carried out
    assumptions   every guess about Nexudus, in one place

Parts are built by the caller, inside out:

    wire = Wire("https://spaces.nexudus.com")
    session = Session(wire, TokenFile(path), client_id, clock)
    nexudus = Nexudus(NexudusClient(wire, session))

This room knows Nexudus and nothing of the kiosk's own events and people.
"""
