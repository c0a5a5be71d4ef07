package dev.carillon.local.wire;

/**
 * A call refused in the service's own words. The endpoint writes it in the service's own format.
 */
public final class AwsError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * @param code the error's name as the SDK knows it: {@code ConflictException}
   */
  public AwsError(int status, String code, String sentence) {
    super(sentence, null, false, false);
    this.status = status;
    this.code = code;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }
}
