"""Names, companies and words for the people of the simulated location."""

from __future__ import annotations

GIVEN = (
    "Aaliyah", "Adebayo", "Agnieszka", "Aiko", "Alejandro", "Amélie", "Anders", "Anjali", "Aoife", "Ayşe",
    "Beatriz", "Bjørn", "Camille", "Chidi", "Chloé", "Dariusz", "Deepa", "Diego", "Ekaterina", "Elif",
    "Emeka", "Esther", "Fatima", "Félix", "Gabriela", "Giulia", "Håkon", "Hana", "Hugo", "Ikram",
    "Inés", "Isla", "Jamal", "Jiří", "Joaquín", "Jun", "Katarzyna", "Kofi", "Lars", "Leila",
    "Lucía", "Maeve", "Malik", "Marta", "Mateo", "Mei", "Nadia", "Nikolai", "Noor", "Núria",
    "Olga", "Omar", "Pau", "Priya", "Rafael", "Rania", "Sofía", "Søren", "Tariq", "Yusuf",
)  # fmt: skip
"""Sixty given names, from the many places that members come from."""

FAMILY = (
    "Abellán", "Achterberg", "Adeyemi", "Almeida", "Andersson", "Balogun", "Bauer", "Benali", "Bianchi", "Çelik",
    "Chowdhury", "Costa", "Dąbrowska", "Delgado", "Dubois", "Eriksen", "Esposito", "Farouk", "Fernández", "Fontaine",
    "García", "Goldberg", "Haddad", "Hernández", "Horváth", "Ibáñez", "Ivanov", "Jansen", "Johansson", "Kaya",
    "Kim", "Kowalski", "Kumar", "Larsen", "Lefèvre", "López", "MacLeod", "Mbeki", "Mendoza", "Moreau",
    "Murphy", "Müller", "Nakamura", "Ndiaye", "Novák", "Okonkwo", "Oliveira", "Osei", "Papadopoulos", "Patel",
    "Pereira", "Puig", "Rahman", "Ramírez", "Rossi", "Ruiz", "Saito", "Schneider", "Serrano", "Sharma",
    "Silva", "Singh", "Tanaka", "Torres", "van Dijk", "Vargas", "Wójcik", "Yılmaz", "Zhang", "Ó Briain", "Østergaard",
)  # fmt: skip
"""Seventy-one family names; a number that shares no factor with sixty, so that the pairs repeat late."""

LONGEST_NAME = (
    "María de los Ángeles Inmaculada Concepción Fernández de Córdoba y Álvarez de Toledo, "
    "condesa viuda de Valdeolivos y Mora"
)
"""A name of 120 characters, the longest that is shown uncut."""

SHARING_A_PIN = ("Amara Okafor", "Jonas Weber")
"""Two members who were given the same PIN."""

LAPSED = "Teo Marchetti"
"""A member whose passes have run out."""

NOTABLE = (
    "Zoë Lindqvist",
    "Siobhán O'Brien",
    "Nguyễn Thị Minh Khai",
    "李小龍",
    "[/x] Bob",
    LONGEST_NAME,
    *SHARING_A_PIN,
    LAPSED,
)
"""The first members: names that software gets wrong, and cases worth showing."""

SEEDED_BY = "office@harbourworks.test"
"""Who created and last changed the seeded records."""

COMPANIES = (
    "Lighthouse Analytics", "Tidewater Studio", "Marea Legal", "Nordlys Games", "Café Cobalto", "Sextant Robotics",
    "Ancla Capital", "Kestrel & Finch", "Baobab Health", "Ola Verde", "Papyrus Press", "Quayside Films",
    "Ropewalk Labs", "Sal y Luz", "Windlass Logistics",
)  # fmt: skip
"""Fifteen companies that members work for."""

COMPANY_ACCOUNTS = 5
"""So many of the companies have an account of their own, without a PIN."""

POSITIONS = ("Designer", "Developer", "Founder", "Lawyer", "Producer", "Researcher", "Translator", "Accountant")

TARIFFS = ("Full Time", "Flex 10 days", "Weekday", "Evenings and Weekends")

VISITORS = (
    "Ingrid Solheim", "Tomás Rey", "Ngozi Eze", "Hiroshi Yamamoto", "Claire Beaumont", "Oluwaseun Ade",
    "Marek Zieliński", "Salma Idrissi", "Peter O'Shea", "Lívia Tóth", "王芳", "Daniela Fuentes", "Karim Belkacem",
    "Astrid Nyström", "Jean-Luc Girard", "Rosa Amaral", "Dmitri Volkov", "Shreya Nair", "Gwen Llewellyn",
    "Iker Etxeberria",
)  # fmt: skip
"""The twenty visitors of the day, in the order of their arrival."""

REASONS = ("Meeting", "Interview", "Delivery of samples", "Tour", "Workshop", "Lunch")

VISITOR_COMPANIES = ("Atlas Freight", "Brightwell", "Cosmos Bank", "Delta Engineering", "", "Estudio Faro")
