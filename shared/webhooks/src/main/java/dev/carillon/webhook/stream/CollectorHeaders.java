package dev.carillon.webhook.stream;

import java.util.Map;

/**
 * What the deployment's collector of traces wants to see with each request, such as its key. They
 * are a secret: neither logged nor shown.
 */
public interface CollectorHeaders {

  /**
   * By their names in lower case; empty when it wants to see none. May lag behind {@link #put} of
   * another process by a minute.
   */
  Map<String, String> find();

  /** These take the place of those before. Safe to repeat. */
  void put(Map<String, String> headers);
}
