package dev.carillon.recipient;

/** Names a tenant: the customer of our customer within which a notification happens. */
public record TenantId(String value) {
  public TenantId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("A tenant needs an id");
    }
  }

  /** Tenants are objects of a collection of the system's. */
  public RecipientId recipient() {
    return new RecipientId(RecipientId.TENANTS, value);
  }
}
