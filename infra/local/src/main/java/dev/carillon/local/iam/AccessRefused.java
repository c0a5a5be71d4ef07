package dev.carillon.local.iam;

/** The caller's policies do not allow a call. The message is AWS's sentence. */
public final class AccessRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AccessRefused(String sentence) {
    super(sentence, null, false, false);
  }
}
