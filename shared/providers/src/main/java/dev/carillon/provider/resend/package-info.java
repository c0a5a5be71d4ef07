/** Email through Resend. */
package dev.carillon.provider.resend;
