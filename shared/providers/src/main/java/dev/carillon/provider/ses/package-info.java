/** Email through Amazon SES. */
package dev.carillon.provider.ses;
