/** Email through Postmark. */
package dev.carillon.provider.postmark;
