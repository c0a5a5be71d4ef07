package dev.carillon.setting;

import dev.carillon.edge.RequestValue;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.workflow.WorkflowKey;
import java.util.regex.Pattern;

/** The names that a team chooses. */
public final class GivenNames {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9_-]{1,64}");

  private GivenNames() {}

  /**
   * @throws Refused when no environment can be named so
   */
  public static EnvironmentId environment(RequestValue slug) {
    if (!SLUG.matcher(slug.text()).matches()) {
      throw slug.refused("must be 1 to 64 of a-z 0-9 _ -");
    }
    return new EnvironmentId(slug.text());
  }

  /**
   * The key of a workflow, an audience or a channel group.
   *
   * @throws Refused when none of them can be named so
   */
  public static String key(RequestValue key) {
    if (!WorkflowKey.isValid(key.text())) {
      throw key.refused("must be 1 to 255 of a-z 0-9 _ -");
    }
    return key.text();
  }
}
