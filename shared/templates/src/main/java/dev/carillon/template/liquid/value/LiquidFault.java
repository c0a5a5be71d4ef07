package dev.carillon.template.liquid.value;

/**
 * A template that cannot be read, or cannot be rendered with these variables, or not within the
 * limits. Its message is the reason, one sentence without values of variables.
 */
public final class LiquidFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Where nothing is known of the place. */
  public static final int NOWHERE = -1;

  private final int offset;

  public LiquidFault(String reason) {
    this(NOWHERE, reason);
  }

  /**
   * @param offset of the source's characters, from 0; {@link #NOWHERE} when it is not known
   */
  public LiquidFault(int offset, String reason) {
    super(reason, null, false, false);
    this.offset = offset;
  }

  public int offset() {
    return offset;
  }

  /** The same fault, at {@code here} when it had no place yet. */
  public LiquidFault at(int here) {
    return offset == NOWHERE ? new LiquidFault(here, getMessage()) : this;
  }
}
