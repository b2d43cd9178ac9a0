"""Invented names, to be paired."""

GIVEN_NAMES = """
    Alexis Béatrice Charlie Delphine Émile Florence Gabriel Hana Isaac Jasmine Kevin Laurie Mathis Naomi Olivier
    Raphaël Safia Tristan Victoria William Yasmine Zachary Anaïs Benoît Camille Dounia Édouard Fatou Guillaume
"""
GIVEN = GIVEN_NAMES.split()
FAMILY_NAMES = """
    Lavoie Bouchard Diallo Fortin Gagné Hébert Ivanov Jean Kaur Lapointe Michaud Nadeau Ouellet Paquette Quirion
    Rousseau Sanchez Tessier Vachon Wang Youssef Zaidi Allard Bédard Cloutier Dubé Émond Fontaine Girard Houle Joly
"""
FAMILY = FAMILY_NAMES.split()
