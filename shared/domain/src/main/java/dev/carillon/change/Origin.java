package dev.carillon.change;

import java.time.Instant;

/**
 * Who asks for a change, when and from where.
 *
 * @param by the name of the credential
 * @param address the address the call came from; empty when it did not come over HTTP
 * @param request the id of the request
 */
public record Origin(String by, String address, String request, Instant at) {

  /**
   * What this does to something.
   *
   * @param action {@code saved}, {@code committed}, {@code promoted}, …
   * @param subject what was changed: {@code workflow/welcome}
   */
  public Change change(String action, String subject, String before, String after) {
    return new Change(
        ChangeId.of(at, request, action, subject + " " + before + " " + after),
        this,
        action,
        subject,
        before,
        after);
  }
}
