/** Email through any SMTP server. */
package dev.carillon.provider.smtp;
