package dev.carillon.content;

/** Who committed, as far as the credential of the call tells. */
public record Author(String name, String email) {}
