package dev.carillon.workflow;

import java.util.regex.Pattern;

/**
 * What a product calls a workflow: 1 to 255 of {@code a-z 0-9 _ -}. What a broadcast sends is kept
 * and run as a workflow is, under a key that no workflow can have.
 */
public record WorkflowKey(String value) {
  private static final Pattern PATTERN = Pattern.compile("[a-z0-9_-]{1,255}");
  private static final String OF_BROADCAST = "broadcast:";

  public WorkflowKey {
    if (!isValid(plain(value))) {
      throw new IllegalArgumentException("Not a workflow key: " + value);
    }
  }

  /** Whether a workflow can be called so; a broadcast's key, as it is kept, is none. */
  public static boolean isValid(String value) {
    return PATTERN.matcher(value).matches();
  }

  public static WorkflowKey ofBroadcast(String key) {
    return new WorkflowKey(OF_BROADCAST + key);
  }

  public boolean isBroadcast() {
    return value.startsWith(OF_BROADCAST);
  }

  /** What people call it: the key of the workflow, or of the broadcast. */
  public String plain() {
    return plain(value);
  }

  /** In Knock's words what it is the key of. */
  public String kind() {
    return isBroadcast() ? "broadcast" : "workflow";
  }

  private static String plain(String value) {
    return value.startsWith(OF_BROADCAST) ? value.substring(OF_BROADCAST.length()) : value;
  }
}
