package dev.carillon.tracking.visitor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** By what a machine gave itself away. */
public enum MachineSign {
  /** Asks for the headers alone; no one reads those. */
  HEAD_REQUEST,
  /** A browser fetches what may be wanted later. */
  PREFETCH,
  /** No browser is silent about itself. */
  NO_USER_AGENT,
  /** A mail provider's proxy, which may load images before anyone looks. */
  IMAGE_PROXY,
  /** Apple's Mail Privacy Protection, which loads images of mail that nobody opened. */
  MAIL_PRIVACY,
  /** A messenger or network makes a card of the link. */
  LINK_PREVIEW,
  /** A filter looks for harm behind links. */
  MAIL_SCANNER,
  /** A crawler, a script, a browser run by a program. */
  AUTOMATION;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty when none bears this name. */
  public static Optional<MachineSign> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }
}
