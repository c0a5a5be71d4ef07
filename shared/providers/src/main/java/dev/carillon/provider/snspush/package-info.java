/** Amazon SNS's mobile push. */
package dev.carillon.provider.snspush;
