package dev.carillon.workflow;

import java.util.regex.Pattern;

/** What a product calls a workflow: 1 to 255 of {@code a-z 0-9 _ -}. */
public record WorkflowKey(String value) {
  private static final Pattern PATTERN = Pattern.compile("[a-z0-9_-]{1,255}");

  public WorkflowKey {
    if (!isValid(value)) {
      throw new IllegalArgumentException("Not a workflow key: " + value);
    }
  }

  public static boolean isValid(String value) {
    return PATTERN.matcher(value).matches();
  }
}
