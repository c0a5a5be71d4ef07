/** Who comes into audiences and leaves them, and what that triggers. */
package dev.carillon.functions.fanout.audience;
