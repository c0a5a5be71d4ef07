package dev.carillon.provider;

/** What is to be done next to send a message. */
public sealed interface Preparation {

  /** This request sends it. */
  record Ready(ProviderCall call) implements Preparation {}

  /** Something must be known first: an access token, whom an address belongs to. */
  record Ask(Lookup lookup) implements Preparation {}

  /** No request is made: content or settings are such that there is none. */
  record Refused(DeliveryResult result) implements Preparation {}
}
