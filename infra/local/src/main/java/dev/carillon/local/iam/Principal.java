package dev.carillon.local.iam;

/** Who asks: a function, or a service of AWS in its own name. */
public sealed interface Principal {

  /** As AWS's sentences and the records name it. */
  String name();

  /**
   * The session of a role.
   *
   * @param roleArn {@code arn:aws:iam::<account>:role/<name>}
   * @param session what works under the role: a function's name
   */
  record RoleSession(String roleArn, String session) implements Principal {
    @Override
    public String name() {
      return roleArn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/" + session;
    }
  }

  /**
   * @param name {@code sns.amazonaws.com}
   */
  record Service(String name) implements Principal {}
}
