/** Email through SparkPost. */
package dev.carillon.provider.sparkpost;
